// A screen that nobody touches loads its page anew: <body data-again="30">, in seconds. When the page
// does not answer just now the screen keeps what it shows and tries again, instead of a browser's error.
"use strict";

const seconds = Number(document.body.dataset.again);
const again = async () => {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (answer && answer.ok) location.reload();
  else setTimeout(again, seconds * 1000);
};
setTimeout(again, seconds * 1000);
