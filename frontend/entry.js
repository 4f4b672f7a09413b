// What every page runs. hatch_build.py adds ipta/web/**.js by itself, each as an ES module that looks for
// its own elements. Every page also works without any of this.
document.documentElement.classList.add("js");
