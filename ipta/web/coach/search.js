// What was found came by POST. Going back to it, or refreshing it, gives the empty field: the browser forgets the words
// and never asks whether to send them again.
if (document.querySelector("[data-came-by-post]")) history.replaceState(null, "", location.pathname);
