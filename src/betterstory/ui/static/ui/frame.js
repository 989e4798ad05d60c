// The pages work without this. It makes three things smoother and keeps nothing.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-leave], [data-print]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  // Replaced, so that Back does not lead here again.
  if ("leave" in link.dataset) window.location.replace(link.href);
  else window.print();
});
// A page the browser kept alive is asked for again: a story may have been taken back since.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
