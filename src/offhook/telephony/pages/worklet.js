// The sound of the softphone, on the browser's audio thread: a microphone that cuts its samples into 20 ms of 16-bit
// PCM, and a speaker that plays mu-law at 8 kHz from a small jitter buffer. Both tell their level 20 times a second.

const TELEPHONE_HZ = 8000;
const BEGIN_AFTER = 480;                   // 60 ms wait before the speaker begins, and after it ran dry
const LONGEST = TELEPHONE_HZ * 60;         // what may be queued
const LEVEL_EVERY_S = 0.05;

const MULAW = Float32Array.from({ length: 256 }, (_, byte) => {
  const code = ~byte & 0xff;
  const size = ((((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84;
  return (code & 0x80 ? -size : size) / 32768;
});

class Level {
  constructor(port) { this.port = port; this.sum = 0; this.count = 0; }

  hear(samples, gain = 1) {
    for (const sample of samples) this.sum += sample * sample * gain;
    this.count += samples.length;
    if (this.count < sampleRate * LEVEL_EVERY_S) return;
    this.port.postMessage({ level: Math.sqrt(this.sum / this.count) });
    this.sum = this.count = 0;
  }
}

class Microphone extends AudioWorkletProcessor {
  constructor() {
    super();
    this.frame = new Int16Array(Math.round(sampleRate / 50));
    this.filled = 0;
    this.muted = false;
    this.level = new Level(this.port);
    this.port.onmessage = ({ data }) => { this.muted = data.muted; };
  }

  process([[samples]]) {
    if (!samples) return true;
    const gain = this.muted ? 0 : 1;
    this.level.hear(samples, gain);
    for (const sample of samples) {
      this.frame[this.filled++] = Math.max(-1, Math.min(1, sample)) * 32767 * gain;
      if (this.filled === this.frame.length) {
        const pcm = this.frame.slice().buffer;
        this.port.postMessage({ pcm }, [pcm]);
        this.filled = 0;
      }
    }
    return true;
  }
}

class Speaker extends AudioWorkletProcessor {
  constructor() {
    super();
    this.queue = new Float32Array(LONGEST);
    this.clear();
    this.finishing = false;
    this.level = new Level(this.port);
    this.port.onmessage = ({ data }) => this.told(data);
  }

  told(data) {
    if (data.clear) this.clear();
    if (data.finish) this.finishing = true;
    if (data.mulaw) for (const byte of new Uint8Array(data.mulaw)) this.queue[this.end++ % LONGEST] = MULAW[byte];
    if (this.end - this.at > LONGEST) this.at = this.end - LONGEST;
  }

  clear() {
    this.at = 0;                           // the sample that is heard next; a fraction between two
    this.end = 0;
    this.playing = false;
  }

  process(_, [[out]]) {
    const step = TELEPHONE_HZ / sampleRate;
    if (!this.playing) this.playing = this.end - this.at >= (this.finishing ? 2 : BEGIN_AFTER);
    let i = 0;
    for (; this.playing && i < out.length; i++) {
      const whole = Math.floor(this.at);
      if (whole + 1 >= this.end) { this.playing = false; break; }
      const part = this.at - whole;
      out[i] = this.queue[whole % LONGEST] * (1 - part) + this.queue[(whole + 1) % LONGEST] * part;
      this.at += step;
    }
    out.fill(0, i);
    this.level.hear(out);
    if (this.finishing && !this.playing) {
      this.port.postMessage({ finished: true });
      this.finishing = false;
    }
    return true;
  }
}

registerProcessor("microphone", Microphone);
registerProcessor("speaker", Speaker);
