// Shows what needs a passkey only where the browser knows passkeys, and says when one did not work. The talking
// itself is done by allauth's webauthn.js.
const forms = window.allauth.webauthn.forms;
const credential = "id_credential";
const data = "js_data";
const here = (id) => document.getElementById(id);

if (window.PublicKeyCredential) {
  for (const id of ["passkey_way", "passkey_add"]) if (here(id)) here(id).hidden = false;
  if (here("passkey_without")) here("passkey_without").hidden = true;
}
if (here("passkey_login")) forms.loginForm({ ids: { login: "passkey_login", credential } });
if (here("use_passkey")) forms.authenticateForm({ ids: { authenticate: "use_passkey", credential, data } });
if (here("add_passkey")) {
  forms.addForm({ ids: { add: "add_passkey", passwordless: "id_passwordless", credential, data } });
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const words of document.querySelectorAll(".passkey-trouble")) words.hidden = false;
});
