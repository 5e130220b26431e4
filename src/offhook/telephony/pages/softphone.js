// The softphone: one call at a time over one WebSocket. The messages are described in telephony/browser.py.

const $ = (id) => document.getElementById(id);
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const OUTCOMES = {
  booked: "Booked", rescheduled: "Moved to another time", cancelled: "Cancelled", message: "Message taken",
  transferred: "Put through", answered: "Question answered", emergency: "Handled as an emergency",
  not_interested: "Not interested", abandoned: "The caller hung up early", rejected: "Not taken",
  failed: "Something went wrong", interrupted: "Interrupted",
};

const FOR_NOTHING = ["abandoned", "rejected", "failed", "interrupted"];

let call = null;                           // the one going on, or null
let fresh = "";                            // when the last call's appointment begins, to the minute

class Call {
  constructor() {
    this.live = true;
    this.begun = 0;
  }

  async start() {
    this.voice = await openMicrophone();
    this.context = await openSound();
    if (!this.live) return this.release();
    const { token } = await ask("/softphone/token", { method: "POST" });
    if (!this.live) return this.release();
    this.microphone = new AudioWorkletNode(this.context, "microphone", { numberOfOutputs: 0 });
    this.speaker = new AudioWorkletNode(this.context, "speaker", { numberOfInputs: 0, outputChannelCount: [1] });
    this.microphone.port.onmessage = ({ data }) => this.fromMicrophone(data);
    this.speaker.port.onmessage = ({ data }) => this.fromSpeaker(data);
    this.socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/softphone`);
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => this.opened(token);
    this.socket.onmessage = ({ data }) => this.received(data);
    this.socket.onclose = ({ code }) => this.closed(code);
  }

  opened(token) {
    this.socket.send(JSON.stringify({ event: "start", token, rate: this.context.sampleRate }));
    this.context.createMediaStreamSource(this.voice).connect(this.microphone);
    this.speaker.connect(this.context.destination);
    this.begun = performance.now();
    show("talking");
    say("Connected. Just talk.");
  }

  fromMicrophone({ pcm, level }) {
    if (level !== undefined) setMeter("you", level);
    if (pcm && this.live && this.socket.readyState === WebSocket.OPEN) this.socket.send(pcm);
  }

  fromSpeaker({ level, finished }) {
    if (level !== undefined) setMeter("agent", level);
    if (finished) this.over("The agent has hung up.");
  }

  received(data) {
    if (data instanceof ArrayBuffer) {
      if (this.live) this.speaker.port.postMessage({ mulaw: data }, [data]);
      return;
    }
    const { event, note } = JSON.parse(data);
    if (event === "clear") this.speaker.port.postMessage({ clear: true });
    if (event === "hang_up") this.speaker.port.postMessage({ finish: true });
    if (event === "show") showNote(note);
  }

  closed(code) {
    if (this.live && code !== 1000) complain(CLOSED[code] ?? "The connection was lost. Call again.");
    this.over("The call has ended.");
    loadDiary();
  }

  press(key) { this.socket.send(JSON.stringify({ event: "key", key })); }

  mute(muted) { this.microphone.port.postMessage({ muted }); }

  hangUp() {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ event: "hang_up" }));
    this.over("You have hung up.");
  }

  over(words) {                            // the socket stays open for what is still to be shown
    if (!this.live) return;
    this.live = false;
    this.release();
    call = null;
    show("idle");
    say(words);
  }

  release() {
    this.voice?.getTracks().forEach((track) => track.stop());
    if (this.context && this.context.state !== "closed") this.context.close();
    setMeter("you", 0);
    setMeter("agent", 0);
  }
}

const CLOSED = {
  1001: "offhook is being stopped. Call again in a minute.",
  1008: "The call was refused. Reload the page and call again.",
  1011: "Something went wrong inside offhook; its log says what. Call again.",
};
const MICROPHONE = {
  NotAllowedError: "The browser may not use your microphone. Allow it for this page (the lock or camera sign by the address) and call again.",
  NotFoundError: "No microphone was found. Plug one in and call again.",
  NotReadableError: "Another program holds the microphone. Close that one and call again.",
};

class Problem extends Error {}

async function openMicrophone() {
  if (!navigator.mediaDevices) {
    throw new Problem("The browser gives the microphone only to pages on https:// or on localhost. Open this page by such an address.");
  }
  try {
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    throw new Problem(MICROPHONE[error.name] ?? `The microphone could not be opened (${error.name}). Check it and call again.`);
  }
}

async function openSound() {
  let context = new AudioContext({ sampleRate: 16000, latencyHint: "interactive" });
  try {                                    // some browsers do not join a microphone to another rate than its own
    context.createMediaStreamSource(new MediaStream(context.createMediaStreamDestination().stream));
  } catch {
    context = new AudioContext({ latencyHint: "interactive" });
  }
  await context.audioWorklet.addModule("/pages/worklet.js");
  await context.resume();
  return context;
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Problem("offhook does not answer. Is it still running?");
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(said.problem ?? `offhook answered ${answer.status}; its log says why.`);
  return said;
}

// What is on the page.

function show(state) {
  const busy = state !== "idle";
  document.body.dataset.state = state;
  $("call").classList.toggle("busy", busy);
  $("call-word").textContent = busy ? "Hang up" : "Call";
  for (const id of ["mute", "keys"]) $(id).disabled = state !== "talking";
  $("mute").setAttribute("aria-pressed", "false");
  if (!busy) openKeypad(false);
}

function say(words) { $("status").textContent = words; }

function complain(words) {
  $("problem").textContent = words;
  $("problem").hidden = !words;
}

function setMeter(id, level) {
  const percent = Math.min(100, Math.max(0, Math.round(100 + (20 * Math.log10(level + 1e-9)) * 2)));  // -50 dB is empty
  $(id).setAttribute("aria-valuenow", percent);
  $(id).firstElementChild.style.transform = `scaleX(${percent / 100})`;
}

function showNote(note) {
  const shown = { engine: showEngine, words: showWords, outcome: showOutcome, appointment: showAppointment, message: showMessage };
  shown[note.kind]?.(note);
}

function showEngine({ text }) { $("engine").textContent = text; }

function showWords({ who, text, turn, final }) {
  const id = `${who}-${turn}`;
  let item = turn === undefined ? null : document.getElementById(id);
  if (!text) { item?.remove(); return; }
  if (!item) {
    item = document.createElement("li");
    item.className = who;
    if (turn !== undefined) item.id = id;
    item.append(Object.assign(document.createElement("b"), { textContent: who === "agent" ? "Agent" : "You" }));
    item.append(document.createElement("span"));
    $("transcript").append(item);
  }
  item.lastElementChild.textContent = text;
  item.classList.toggle("draft", final === false);
  $("nothing").hidden = true;
  item.scrollIntoView({ block: "nearest" });
}

function outcomeLine(text, id) {
  let line = document.getElementById(id);
  if (!line) {
    line = Object.assign(document.createElement("p"), { id });
    $("outcome").append(line);
  }
  line.textContent = text;
  $("outcome").hidden = false;
}

function showOutcome({ outcome }) {        // the last word: what was shown in the call comes again after it
  $("outcome").replaceChildren();
  outcomeLine(OUTCOMES[outcome] ?? outcome, "outcome-word");
  $("outcome").classList.toggle("nothing-done", FOR_NOTHING.includes(outcome));
}

function showAppointment({ service, start, name }) {
  outcomeLine(`${capital(service)}, ${when(start)}${name ? `, for ${name}` : ""}`, `appointment-${start.slice(0, 16)}`);
  fresh = start.slice(0, 16);
  loadDiary();
}

function showMessage({ name, text }) { outcomeLine(`Message${name ? ` from ${name}` : ""}: ${text}`, "message-text"); }

function when(start) {                     // the tenant's own clock, whatever the zone of this computer
  const local = new Date(`${start.slice(0, 16)}:00Z`);
  if (Number.isNaN(local.getTime())) return start;
  return local.toLocaleString("en-US", {
    timeZone: "UTC", weekday: "long", month: "long", day: "numeric", hour: "numeric", minute: "2-digit",
  });
}

async function loadDiary() {
  const entries = await ask("/softphone/diary").catch(() => null);
  if (!entries) return;
  $("free").hidden = entries.length > 0;
  $("diary").replaceChildren(...entries.map(diaryLine));
}

function diaryLine({ service, start, name }) {
  const line = document.createElement("li");
  line.append(Object.assign(document.createElement("time"), { dateTime: start, textContent: when(start) }));
  line.append(`${capital(service)}${name ? `, ${name}` : ""}`);
  line.classList.toggle("new", start.slice(0, 16) === fresh);
  return line;
}

function capital(words) { return words.charAt(0).toUpperCase() + words.slice(1); }

function openKeypad(open) {
  $("keypad").hidden = !open;
  $("keys").setAttribute("aria-expanded", String(open));
}

function forget() {
  $("transcript").replaceChildren();
  $("outcome").replaceChildren();
  $("outcome").hidden = true;
  $("outcome").classList.remove("nothing-done");
  fresh = "";
  $("nothing").hidden = false;
  complain("");
}

$("call").addEventListener("click", async () => {
  if (call) return call.hangUp();
  forget();
  const mine = call = new Call();
  show("connecting");
  say("Calling…");
  try {
    await mine.start();
  } catch (error) {
    mine.over("Ready to call.");
    complain(error instanceof Problem ? error.message : `The call could not be started (${error.name}). Reload the page and call again.`);
  }
});
$("mute").addEventListener("click", () => {
  const muted = $("mute").getAttribute("aria-pressed") !== "true";
  $("mute").setAttribute("aria-pressed", String(muted));
  call?.mute(muted);
});
$("keys").addEventListener("click", () => openKeypad($("keypad").hidden));
for (const key of KEYS) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: key });
  button.addEventListener("click", () => call?.press(key));
  $("keypad").append(button);
}
document.addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
  if (KEYS.includes(key) && document.body.dataset.state === "talking" && !ctrlKey && !metaKey && !altKey && target.tagName !== "INPUT") call?.press(key);
});
setInterval(() => {
  if (!call?.begun) return;
  const seconds = Math.floor((performance.now() - call.begun) / 1000);
  $("clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}, 250);

show("idle");
loadDiary();
ask("/softphone/about").then(({ business, engine, number }) => {
  $("business").textContent = business;
  $("engine").textContent = engine;
  $("number").textContent = number;
  document.title = `${business}: call`;
}).catch(() => complain("offhook does not answer. Is it still running?"));
