// A card's QR carries its code behind the #, which never leaves the browser. It is put into the field, and
// taken out of the address bar. Without this the code is typed.
const written = decodeURIComponent(window.location.hash.slice(1));
const field = document.getElementById("id_code");
if (field && /^[0-9A-Za-z -]{8,12}$/.test(written)) {
  field.value = written.replace(/[ -]/g, "").replace(/^(....)(....)$/, "$1 $2");
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
}
