// The screen asks every two seconds whether it still stands on the same slide, and changes as an ordinary slide.
// The arrow keys, page keys and a clicker press the same buttons that are on the page.
"use strict";
const EVERY = 2000;
const mark = () => document.querySelector("[data-mark]")?.dataset.mark || "";
const look = async () => {
  if (document.activeElement?.matches("input, textarea, select")) return;
  const answer = await fetch(`${location.pathname}?mark=${mark()}`, { cache: "no-store" }).catch(() => null);
  if (!answer || answer.status === 204) return;
  if (!answer.ok || answer.redirected) {
    location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const held = document.activeElement?.dataset.way;
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  if (held) document.querySelector(`[data-way="${held}"]`)?.focus();
};
setInterval(look, EVERY);
const KEYS = { ArrowRight: "on", PageDown: "on", ArrowLeft: "back", PageUp: "back" };
document.addEventListener("keydown", (pressed) => {
  const plain = !pressed.altKey && !pressed.ctrlKey && !pressed.metaKey && !pressed.shiftKey;
  if (!plain || !KEYS[pressed.key] || pressed.target.matches?.("input, textarea, select")) return;
  const button = document.querySelector(`[data-way="${KEYS[pressed.key]}"]`);
  if (!button) return;
  pressed.preventDefault();
  button.click();
});
