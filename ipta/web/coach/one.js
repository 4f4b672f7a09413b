// On a phone the line of pages scrolls: the page where we are comes into sight.
const here = document.querySelector('.subnav [aria-current="page"]');
const line = here?.closest(".subnav__list");
if (line) line.scrollLeft = here.offsetLeft - (line.clientWidth - here.offsetWidth) / 2;
