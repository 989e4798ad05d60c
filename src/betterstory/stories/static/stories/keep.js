// The pages work without this. It keeps the page being typed in this tab until it has been sent: a dropped line
// or a tap on Back then loses nothing. "Leave this page fast" and sending it forget it again.
(() => {
  const kept = (key) => `typing:${key}`;
  const here = kept(location.pathname);
  let room;
  try {
    room = window.sessionStorage;
    room.setItem("typing", "1");
    room.removeItem("typing");
  } catch {
    return; // a browser that keeps nothing is left in peace
  }
  const every = () => Object.keys(room).filter((key) => key.startsWith("typing:"));
  // What was sent from the page that led here has arrived.
  for (const key of every()) {
    const arrived = document.referrer && kept(new URL(document.referrer).pathname) === key;
    if (key !== here && arrived && JSON.parse(room.getItem(key)).sent) room.removeItem(key);
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-leave]")) every().forEach((key) => room.removeItem(key));
  });
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const fields = [...form.querySelectorAll("textarea, input[type=text]")];
  if (!fields.length) return;
  const mark = form.dataset.keep;
  const before = JSON.parse(room.getItem(here) || "null");
  // The mark is another one once it was sent, or once somebody else changed the page.
  if (before && before.mark === mark) {
    for (const field of fields) {
      if (before.words[field.name] !== undefined) field.value = before.words[field.name];
    }
    room.setItem(here, JSON.stringify({ ...before, sent: false }));
  } else {
    room.removeItem(here);
  }
  const keep = (sent) => {
    const words = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    try {
      room.setItem(here, JSON.stringify({ mark, sent, words }));
    } catch {
      // full: the page is typed as on a browser that keeps nothing
    }
  };
  form.addEventListener("input", () => keep(false));
  form.addEventListener("submit", () => keep(true));
  for (const note of document.querySelectorAll("[data-kept]")) note.hidden = false;
})();
