// Small helps for every page. Nothing here is needed to do anything: each page works without it.
"use strict";

// A menu closes when one looks elsewhere.
document.addEventListener("click", (press) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(press.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (press) => {
  if (press.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Of a row of links wider than a phone, the one of this page is in sight.
for (const here of document.querySelectorAll("nav.area [aria-current]")) {
  const row = here.closest("ul");
  row.scrollLeft += here.getBoundingClientRect().right - row.getBoundingClientRect().right + 24;
}

// Forms are sent once, however often one taps; a page that comes back from memory lets one try again.
document.addEventListener("submit", (sending) => {
  const button = sending.submitter;
  if (!button || sending.target.method !== "post") return;
  setTimeout(() => { button.disabled = true; }, 0);
});
window.addEventListener("pageshow", (shown) => {
  if (!shown.persisted) return;
  for (const button of document.querySelectorAll("button[disabled]")) button.disabled = false;
});

// A no is put in place like any answer. A page without the part asked for (somebody is signed out, a
// service is away) never is: where the form has an address of its own, that page is opened instead.
document.addEventListener("htmx:beforeSwap", (swap) => {
  const { pathInfo, requestConfig, serverResponse } = swap.detail;
  const asking = requestConfig.elt;
  const part = asking.closest("[hx-select]")?.getAttribute("hx-select");
  const fits = part
    ? new DOMParser().parseFromString(serverResponse, "text/html").querySelector(part) !== null
    : !serverResponse.trimStart().toLowerCase().startsWith("<!doctype");
  if (fits) return;
  swap.detail.shouldSwap = false;
  if (asking.closest("[hx-push-url]")) location.assign(pathInfo.finalRequestPath || pathInfo.requestPath);
});

// What one has chosen while a list was on its way stays chosen in the list that comes.
const chosen = new Map();
document.addEventListener("htmx:beforeSwap", (swap) => {
  for (const radio of swap.detail.target.querySelectorAll("input[type=radio]:checked")) chosen.set(radio.name, radio.value);
});
document.addEventListener("htmx:afterSettle", () => {
  for (const [name, value] of chosen) {
    const radio = document.querySelector(`input[type=radio][name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
    if (radio) radio.checked = true;
  }
  chosen.clear();
});

for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;

// <button data-copy="#id" hidden> copies what an element says.
document.addEventListener("click", async (press) => {
  const button = press.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
  button.textContent = button.dataset.copied;
});
