// Up and down go from card to card in the list; everything else is an ordinary link.
"use strict";
const keys = { ArrowDown: 1, ArrowUp: -1 };
document.addEventListener("keydown", (event) => {
  const step = keys[event.key];
  const here = event.target.closest?.(".berg-list > li");
  if (!step || !here || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const all = [...document.querySelectorAll(".berg-list > li")];
  const there = all[all.indexOf(here) + step];
  if (!there) return;
  event.preventDefault();
  (there.querySelector("a") || there).focus();
});
