"""throwaway generator"""
import sys, time, pytest
from collections import OrderedDict
from tests.factories.world import World
from tests.factories import people
from tests.test_access_matrix import names, VISITORS
from django.urls import reverse
from django.test import Client
from django.db import transaction
from urllib.parse import urlencode
from accounts.roles import Role

@pytest.mark.django_db
def test_gen(browser):
    t=time.time()
    world = World.made(); print("world", time.time()-t)
    v = {"nobody": None,"lead": world.lead,"contributor": world.contributor,"reader": world.reader,"analyst": world.analyst,"quality": world.quality,"qp": world.qualified_person,
        "other_lead": people.person("Petra Svobodová", world.other_sponsor, Role.REGULATORY_LEAD),
        "other_qp": people.person("Radka Malá", world.other_sponsor, Role.QUALIFIED_PERSON),
        "coordinator": world.coordinator,"assigned": world.reviewer,
        "unassigned": people.person("Piet van Aalst", world.authority, Role.REVIEWER),
        "administrator": world.administrator}
    clients = {n: browser(p) if p else Client() for n,p in v.items()}
    for c in clients.values(): c.raise_request_exception=False
    from copy import deepcopy
    out=[]
    t=time.time(); n=0
    for name in sorted(names()):
        q = world.query(name)
        url = reverse(name, kwargs=dict(world.keys(name))) + (("?"+urlencode(q)) if q else "")
        for method in ("get","post"):
            row=[]
            for visitor in VISITORS:
                c=clients[visitor]; cookies=deepcopy(c.cookies)
                with transaction.atomic():
                    r=getattr(c,method)(url); r.close()
                    transaction.set_rollback(True)
                c.cookies=cookies
                n+=1
                row.append(str(r.status_code))
            out.append(f"{name:38}{method.upper():5}"+" ".join(f"{x:>4}" for x in row))
    open("/tmp/matrix/gen.txt","w").write("\n".join(out))
    print(n, time.time()-t)
