// The door with a camera, and without network. Everything also works by typing into the form.
// Scans are kept on this device until the library has answered for each of them.
"use strict";

(() => {
  const scanner = document.getElementById("scanner");
  if (!scanner) return;
  const { send, queue, decoder, pending, letIn, places, noCamera, signedOut } = scanner.dataset;
  const key = `atrium-door-${queue}`;
  const list = scanner.querySelector(".scans");
  const video = scanner.querySelector("video");
  const [start, stop] = [scanner.querySelector("[data-camera]"), scanner.querySelector("[data-stop]")];
  const network = scanner.querySelector("[data-network]");
  const trouble = scanner.querySelector("[data-trouble]");
  const token = () => document.querySelector("#typed [name=csrf_token]").value;
  let sending = false;

  const waiting = () => JSON.parse(localStorage.getItem(key) || "[]");
  const keep = (scans) => localStorage.setItem(key, JSON.stringify(scans));
  const complain = (text) => { trouble.textContent = text; trouble.hidden = !text; };

  function show(scan, tone, text, more) {
    const id = `scan-${scan.scan_id}`;
    const line = document.getElementById(id) || list.insertBefore(document.createElement("li"), list.firstChild);
    line.id = id;
    line.className = `notice ${tone}`;
    line.textContent = text;
    if (more) line.append(" ", more);
    while (list.children.length > 20) list.lastChild.remove();
  }

  function add(code, letInWaiting) {
    const scan = { scan_id: crypto.randomUUID ? crypto.randomUUID() : uuid(), ticket_code: code, occurred_at: new Date().toISOString() };
    if (letInWaiting) scan.let_in_waiting = true;
    keep([...waiting(), scan]);
    show(scan, "wait", `${pending}: …${code.slice(-4)}`);
    flush();
  }

  // randomUUID is for secure pages alone; a library's own network may have none.
  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  async function flush() {
    const scans = waiting().slice(0, 100);
    if (sending || !scans.length) return;
    sending = true;
    try {
      const response = await fetch(send, {
        method: "POST", redirect: "error", credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
        body: JSON.stringify({ scans }),
      }).catch(() => null);
      const answer = response && (response.headers.get("Content-Type") || "").includes("json") ? await response.json() : null;
      network.hidden = Boolean(answer) || navigator.onLine;
      if (answer && answer.items) settle(scans, answer.items);
      else if (answer) complain(answer.message);
      else if (response && response.status < 500) complain(signedOut);
      else network.hidden = false;
    } finally {
      sending = false;
    }
    if (network.hidden && trouble.hidden && waiting().length) flush();
  }

  function settle(scans, items) {
    complain("");
    const settled = new Set(items.map((item) => item.scan_id));
    keep(waiting().filter((scan) => !settled.has(scan.scan_id)));
    items.forEach((item, at) => {
      const who = item.name ? `${item.name} · ` : "";
      const size = item.outcome === "admitted" && item.party_size > 1 ? ` ${places}: ${item.party_size}.` : "";
      const tone = item.outcome === "admitted" ? "good" : item.outcome === "already_in" ? "wait" : "bad";
      show(item, tone, `${who}${item.message}${size}`, item.outcome === "ticket_waiting" ? again(scans[at]) : null);
    });
    if (window.htmx) window.htmx.trigger(document.body, "arrived");
    if (navigator.vibrate) navigator.vibrate(80);
  }

  function again(scan) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = letIn;
    button.addEventListener("click", () => { button.disabled = true; add(scan.ticket_code, true); });
    return button;
  }

  document.getElementById("typed").addEventListener("submit", (submitting) => {
    const field = submitting.target.elements.ticket_code;
    submitting.preventDefault();
    add(field.value.trim());
    field.value = "";
    field.focus();
    setTimeout(() => { submitting.submitter && (submitting.submitter.disabled = false); }, 10);
  });

  async function detector() {
    if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
      const own = new BarcodeDetector({ formats: ["qr_code"] });
      return async (source) => (await own.detect(source)).map((found) => found.rawValue)[0];
    }
    await new Promise((loaded, failed) => {
      const script = Object.assign(document.createElement("script"), { src: decoder, onload: loaded, onerror: failed });
      document.head.append(script);
    });
    const canvas = document.createElement("canvas");
    const drawing = canvas.getContext("2d", { willReadFrequently: true });
    return async (source) => {
      const scale = Math.min(1, 640 / source.videoWidth);
      [canvas.width, canvas.height] = [source.videoWidth * scale, source.videoHeight * scale];
      drawing.drawImage(source, 0, 0, canvas.width, canvas.height);
      const picture = drawing.getImageData(0, 0, canvas.width, canvas.height);
      const found = window.jsQR(picture.data, picture.width, picture.height, { inversionAttempts: "dontInvert" });
      return found && found.data;
    };
  }

  let stream = null;
  async function look() {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      const read = await detector();
      video.srcObject = stream;
      video.hidden = stop.hidden = false;
      start.hidden = true;
      await video.play();
      let [last, at] = ["", 0];
      while (stream) {
        const code = video.videoWidth ? await read(video) : null;
        // A ticket held before the camera is one scan, until it has been away for some seconds.
        if (code && (code !== last || Date.now() - at > 4000)) add(code.slice(0, 100));
        if (code) [last, at] = [code, Date.now()];
        await new Promise((next) => { setTimeout(next, 150); });
      }
    } catch {
      complain(noCamera);
      close();
    }
  }

  function close() {
    for (const track of stream ? stream.getTracks() : []) track.stop();
    stream = null;
    video.hidden = stop.hidden = true;
    start.hidden = false;
  }

  start.addEventListener("click", look);
  stop.addEventListener("click", close);
  window.addEventListener("pagehide", close);
  window.addEventListener("online", flush);
  window.addEventListener("offline", () => { network.hidden = false; });
  setInterval(flush, 10000);
  for (const scan of waiting()) show(scan, "wait", `${pending}: …${scan.ticket_code.slice(-4)}`);
  scanner.hidden = false;
  flush();
})();
