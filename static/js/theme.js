// Runs before the first paint: light or dark as the person's system asks, and a mark that scripts are on.
const dark = matchMedia("(prefers-color-scheme: dark)");
const paint = () => { document.documentElement.dataset.bsTheme = dark.matches ? "dark" : "light"; };
paint();
dark.addEventListener("change", paint);
document.documentElement.dataset.js = "";
