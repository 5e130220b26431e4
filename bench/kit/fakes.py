"""Fake speech vendors for benchmarks: one process that speaks the wire protocols of
OpenAI chat completions, Deepgram live transcription and Cartesia TTS, with fixed
latencies, so that a voice agent under test can use its real vendor clients.

    python fakes.py --port 9100 --llm-ttft-ms 150 --stt-final-ms 100 --tts-ttfb-ms 80

Everything is on one port of 127.0.0.1:
    OpenAI     base url  http://127.0.0.1:9100/v1      (/chat/completions, /models)
    Deepgram   base url  ws://127.0.0.1:9100           (/v1/listen)
    Cartesia   base url  http://127.0.0.1:9100         (/tts/websocket, /tts/bytes, /tts/sse)
Control:
    GET    /_log      one record per utterance / completion / synthesis, CLOCK_MONOTONIC seconds
    DELETE /_log      forget them
    POST   /_faults   {"vendor": "llm|stt|tts", "kind": "http_error|hang|close|slow",
                       "status": 503, "ms": 0, "count": 1}   count null = until cleared
    DELETE /_faults   clear all
    POST   /_script   what the LLM answers next, one after the other, before it goes back to its
                      own replies: [{"text": "...", "calls": [{"id", "name", "arguments"}],
                      "finish": "stop"}, ...]; each key may be left out, `arguments` is an object
                      or the very string to send
    DELETE /_script   forget what was not answered yet

A number travels through each turn so that its records can be joined: the STT invents it
and says it ("case 1234 ..."), the LLM finds it in the last user message and repeats it in
its first sentence, the TTS finds it in the text it is asked to speak.
"""

import argparse
import asyncio
import base64
import itertools
import json
import re
import resource
import time
import uuid
from collections import deque

import numpy as np
from aiohttp import WSMsgType, web

now = time.monotonic

REPLIES = [
    "Certainly, I have case {} open here and we can see you on Tuesday at ten thirty. "
    "Would you like me to confirm that by text message?",
    "Thank you, I found case {} and the earliest free slot is tomorrow at a quarter past four. "
    "Shall I put your name down for it now?",
    "Of course, for case {} our office is open until six this evening and parking is free. "
    "Is there anything else that you would like to know?",
    "I understand, case {} is with our senior technician and he can call you back within the hour. "
    "Which number is the best one to reach you?",
]
SENTENCE = (
    "hello I would like to know whether you have a free appointment on Saturday morning "
    "because my regular visit was cancelled and I need to see somebody this week if that is possible"
).split()
LOUD = 500          # peak above which a 20 ms block counts as speech (of 32768)
ONSET_BLOCKS = 3    # loud blocks in a row that start an utterance
WORDS_PER_S = 2.5
INTERIM_EVERY_MS = 300
TTS_CHARS_PER_S = 15
TTS_CHUNK_MS = 100
TTS_SPEED = 10      # audio is produced at this multiple of real time

CASE = re.compile(r"[Cc]ase (\d+)")


def mulaw_table():
    u = ~np.arange(256) & 0xFF
    t = (((u & 0x0F) << 3) + 0x84) << ((u & 0x70) >> 4)
    return np.where(u & 0x80, 0x84 - t, t - 0x84).astype(np.int16)


MULAW = mulaw_table()


def to_mulaw(pcm):
    x = np.clip(np.abs(pcm.astype(np.int32)) + 0x84, 0, 0x7FFF)
    exp = np.floor(np.log2(x)).astype(int) - 7
    mant = (x >> (exp + 3)) & 0x0F
    return (~(np.where(pcm < 0, 0x80, 0) | (exp << 4) | mant) & 0xFF).astype(np.uint8)


class Faults:
    def __init__(self):
        self.active = []

    def take(self, vendor, *kinds):
        """The first active fault of this vendor (and kind), counted down; {} if none."""
        for f in self.active:
            if f["vendor"] == vendor and (not kinds or f["kind"] in kinds):
                if f.get("count") is not None:
                    f["count"] -= 1
                    if f["count"] <= 0:
                        self.active.remove(f)
                return f
        return {}


class Fakes:
    def __init__(self, a):
        self.a = a
        self.faults = Faults()
        self.log = deque(maxlen=200_000)
        self.case = itertools.count(1000)
        self.reply = itertools.cycle(REPLIES)
        self.script = deque()
        self.voices = {}
        self.tasks = set()

    def spawn(self, coro):
        t = asyncio.ensure_future(coro)
        self.tasks.add(t)
        t.add_done_callback(self.tasks.discard)
        return t

    # ---- OpenAI -----------------------------------------------------------------------

    async def models(self, _):
        return web.json_response({"object": "list", "data": [
            {"id": "gpt-4o-mini", "object": "model", "created": 1721172741, "owned_by": "system"}]})

    async def chat(self, req):
        arrive = now()
        body = await req.json()
        fault = self.faults.take("llm")
        kind = fault.get("kind")
        if kind == "http_error":
            return web.json_response({"error": {"message": "injected fault", "type": "server_error",
                                                "param": None, "code": None}},
                                     status=fault.get("status", 503))
        user = next((m["content"] for m in reversed(body["messages"]) if m["role"] == "user"), "")
        if not isinstance(user, str):
            user = " ".join(p.get("text", "") for p in user)
        cases = CASE.findall(user)
        rec = {"k": "llm", "case": cases[-1] if cases else None, "arrive": arrive,
               "first": None, "done": None}
        self.log.append(rec)
        if kind == "hang":
            await asyncio.sleep(3600)
        canned = self.script.popleft() if self.script else None
        text = next(self.reply).format(rec["case"] or "zero") if canned is None else canned.get("text", "")
        tokens = re.findall(r"\s*\S+", text)
        calls = tool_calls(canned or {})
        finish = (canned or {}).get("finish") or ("tool_calls" if calls else "stop")
        usage = {"prompt_tokens": sum(len(str(m.get("content"))) for m in body["messages"]) // 4,
                 "completion_tokens": len(tokens)}
        usage["total_tokens"] = sum(usage.values())
        head = {"id": "chatcmpl-" + uuid.uuid4().hex[:24], "created": int(time.time()),
                "model": body.get("model", "gpt-4o-mini"), "system_fingerprint": "fp_fake"}
        due = arrive + (self.a.llm_ttft_ms + (fault.get("ms", 0) if kind == "slow" else 0)) / 1000
        step = 1 / self.a.llm_tps
        if not body.get("stream"):
            await asyncio.sleep(max(0, due + step * len(tokens) - now()))
            rec["first"] = rec["done"] = now()
            return web.json_response({**head, "object": "chat.completion", "usage": usage, "choices": [
                {"index": 0, "finish_reason": finish, "logprobs": None,
                 "message": {"role": "assistant", "content": text, "refusal": None,
                             **({"tool_calls": calls} if calls else {})}}]})
        with_usage = (body.get("stream_options") or {}).get("include_usage")

        def event(delta, finish=None):
            d = {**head, "object": "chat.completion.chunk", "choices": [
                {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]}
            if with_usage:
                d["usage"] = None
            return b"data: " + json.dumps(d).encode() + b"\n\n"

        resp = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        await resp.prepare(req)
        try:
            for i, tok in enumerate(tokens):
                await asyncio.sleep(max(0, due - now()))
                if i == 0:
                    await resp.write(event({"role": "assistant", "content": "", "refusal": None}))
                    rec["first"] = now()
                if kind == "close" and i == 3:
                    req.transport.abort()
                    return resp
                await resp.write(event({"content": tok}))
                due += step
            if calls:
                await asyncio.sleep(max(0, due - now()))
                rec["first"] = rec["first"] or now()
                for i, call in enumerate(calls):  # the id and name, then the arguments in two fragments
                    args = call["function"]["arguments"]
                    half = len(args) // 2
                    await resp.write(event({"tool_calls": [
                        {"index": i, **call, "function": {**call["function"], "arguments": ""}}]}))
                    for part in (args[:half], args[half:]):
                        await resp.write(event({"tool_calls": [{"index": i, "function": {"arguments": part}}]}))
            await resp.write(event({}, finish))
            if with_usage:
                await resp.write(b"data: " + json.dumps(
                    {**head, "object": "chat.completion.chunk", "choices": [], "usage": usage}).encode() + b"\n\n")
            await resp.write(b"data: [DONE]\n\n")
            await resp.write_eof()
            rec["done"] = now()
        except (ConnectionError, asyncio.CancelledError):
            rec["aborted"] = now()
        return resp

    # ---- Deepgram ---------------------------------------------------------------------

    async def listen(self, req):
        fault = self.faults.take("stt", "http_error")
        if fault:
            return web.json_response({"err_code": "INTERNAL_SERVER_ERROR", "err_msg": "injected fault"},
                                     status=fault.get("status", 503))
        ws = web.WebSocketResponse(compress=False, max_msg_size=0)
        await ws.prepare(req)
        ear = Listener(self, ws, req.query)
        async for m in ws:
            if m.type is WSMsgType.BINARY:
                ear.feed(m.data)
            elif m.type is WSMsgType.TEXT:
                kind = json.loads(m.data).get("type")
                if kind == "Finalize":
                    ear.finalize()
                elif kind == "CloseStream":
                    ear.finalize()
                    await asyncio.sleep(self.a.stt_final_ms / 1000)
                    await ws.send_json({"type": "Metadata", "transaction_key": "deprecated",
                                        "request_id": ear.request_id, "sha256": "0" * 64,
                                        "created": "2025-01-01T00:00:00.000Z",
                                        "duration": ear.ms / 1000, "channels": 1})
                    await ws.close()
        ear.closed = True
        return ws

    # ---- Cartesia ---------------------------------------------------------------------

    def voice(self, fmt):
        """`seconds -> (bytes, base64)` chunk lists of endless non-silent audio in a format."""
        enc = fmt.get("encoding", "pcm_s16le")
        rate = int(fmt["sample_rate"])
        if (enc, rate) not in self.voices:
            t = np.arange(rate * 5) / rate  # 5 s, looped; whole periods of every component
            x = sum(np.sin(2 * np.pi * f * t + p) / k for k, (f, p) in enumerate(
                [(140, 0), (420, 1), (700, 2), (1120, 3), (1960, 4), (2800, 5)], 1) if f < rate / 2)
            x *= (0.65 + 0.35 * np.sin(2 * np.pi * 4 * t)) * 0.12  # 4 syllables/s, never silent
            pcm = (x * 32767).astype("<i2")
            raw = {"pcm_s16le": lambda: pcm.tobytes(),
                   "pcm_f32le": lambda: x.astype("<f4").tobytes(),
                   "pcm_mulaw": lambda: to_mulaw(pcm).tobytes()}[enc]()
            n = len(raw) * TTS_CHUNK_MS // 5000
            chunks = [raw[i:i + n] for i in range(0, len(raw), n)]
            self.voices[enc, rate] = chunks, [base64.b64encode(c).decode() for c in chunks]
        return self.voices[enc, rate]

    def tts_record(self, text):
        m = CASE.search(text)
        rec = {"k": "tts", "case": m and m[1], "arrive": now(), "first": None, "done": None,
               "chars": len(text)}
        self.log.append(rec)
        return rec

    async def chunks(self, rec, seconds, fault):
        """Yields chunk numbers when their audio leaves."""
        due = rec["arrive"] + (self.a.tts_ttfb_ms + (fault.get("ms", 0) if fault.get("kind") == "slow" else 0)) / 1000
        for i in range(max(1, round(seconds * 1000 / TTS_CHUNK_MS))):
            if (wait := due - now()) > 0:
                await asyncio.sleep(wait)
            rec["first"] = rec["first"] or now()
            yield i
            due += TTS_CHUNK_MS / 1000 / TTS_SPEED
        rec["done"] = now()

    async def tts_bytes(self, req):
        sse = req.path.endswith("sse")
        body = await req.json()
        fault = self.faults.take("tts")
        kind = fault.get("kind")
        if kind == "http_error":
            return web.json_response({"title": "injected fault", "message": "injected fault"},
                                     status=fault.get("status", 503))
        fmt, text = body["output_format"], body["transcript"]
        rec = self.tts_record(text)
        if kind == "hang":
            await asyncio.sleep(3600)
        raw, b64 = self.voice(fmt)
        seconds = len(text) / TTS_CHARS_PER_S
        resp = web.StreamResponse(headers={
            "Content-Type": "text/event-stream" if sse else
            "audio/wav" if fmt.get("container") == "wav" else "application/octet-stream"})
        await resp.prepare(req)
        if fmt.get("container") == "wav":
            await resp.write(wav_header(fmt))
        ctx = body.get("context_id") or str(uuid.uuid4())
        async for i in self.chunks(rec, seconds, fault):
            if kind == "close" and i == 1:
                req.transport.abort()
                return resp
            await resp.write(raw[i % len(raw)] if not sse else b"event: chunk\ndata: " + json.dumps(
                {"type": "chunk", "data": b64[i % len(b64)], "done": False, "status_code": 206,
                 "step_time": 10.0, "context_id": ctx}).encode() + b"\n\n")
        if sse:
            if body.get("add_timestamps"):
                await resp.write(b"event: timestamps\ndata: " + json.dumps(
                    timestamps(ctx, text, 0.0)).encode() + b"\n\n")
            await resp.write(b"event: done\ndata: " + json.dumps(
                {"type": "done", "done": True, "status_code": 206, "context_id": ctx}).encode() + b"\n\n")
        await resp.write_eof()
        return resp

    async def tts_ws(self, req):
        fault = self.faults.take("tts", "http_error")
        if fault:
            return web.Response(status=fault.get("status", 503), text="injected fault")
        ws = web.WebSocketResponse(compress=False, max_msg_size=0)
        await ws.prepare(req)
        contexts = {}
        async for m in ws:
            if m.type is not WSMsgType.TEXT:
                continue
            d = json.loads(m.data)
            ctx = d.get("context_id") or str(uuid.uuid4())
            if d.get("cancel"):
                if ctx in contexts:
                    contexts.pop(ctx).task.cancel()
                continue
            if ctx not in contexts:
                contexts[ctx] = c = Context(self, ws, ctx, d)
                c.task.add_done_callback(lambda _, ctx=ctx: contexts.pop(ctx, None))
            contexts[ctx].push(d)
        for c in contexts.values():
            c.task.cancel()
        return ws

    # ---- control ----------------------------------------------------------------------

    async def control(self, req):
        if req.path == "/_script":
            if req.method == "DELETE":
                self.script.clear()
            elif req.method == "POST":
                self.script.extend(await req.json())
            return web.json_response(list(self.script))
        if req.path == "/_faults":
            if req.method == "DELETE":
                self.faults.active.clear()
            elif req.method == "POST":
                self.faults.active.append({"count": 1, **await req.json()})
            return web.json_response(self.faults.active)
        if req.method == "DELETE":
            self.log.clear()
        cpu = resource.getrusage(resource.RUSAGE_SELF)
        return web.json_response({"now": now(), "cpu_s": cpu.ru_utime + cpu.ru_stime, "config": vars(self.a),
                                  "log": list(self.log)})

    def app(self):
        app = web.Application(client_max_size=1 << 24)
        r = app.router
        r.add_get("/v1/models", self.models)
        r.add_post("/v1/chat/completions", self.chat)
        r.add_get("/v1/listen", self.listen)
        r.add_get("/tts/websocket", self.tts_ws)
        r.add_post("/tts/bytes", self.tts_bytes)
        r.add_post("/tts/sse", self.tts_bytes)
        r.add_route("*", "/_log", self.control)
        r.add_route("*", "/_faults", self.control)
        r.add_route("*", "/_script", self.control)
        return app


class Listener:
    """One Deepgram live connection. It hears only loudness; the words are scripted."""

    def __init__(self, fakes, ws, q):
        self.f, self.ws = fakes, ws
        self.mulaw = q.get("encoding") == "mulaw"
        self.rate = int(q.get("sample_rate", 8000 if self.mulaw else 16000))
        self.block = self.rate // 50
        e = q.get("endpointing", "10")
        self.endpoint_ms = None if e == "false" else max(fakes.a.stt_min_silence_ms, 10 if e == "true" else int(e))
        self.utterance_end_ms = int(q.get("utterance_end_ms", 0))
        self.interim = q.get("interim_results") == "true"
        self.vad_events = q.get("vad_events") == "true"
        self.model = q.get("model", "nova-3")
        self.request_id = str(uuid.uuid4())
        self.ms = 0             # audio received
        self.loud = 0           # loud blocks in a row
        self.loud_ms = 0        # audio time of the last loud block's end
        self.utt = None         # utterance in progress: its log record
        self.pending = None     # utterance whose final is on its way
        self.ended_ms = None    # end of the last final's speech, until UtteranceEnd is due
        self.rest = b""
        self.fault = {}
        self.closed = False

    def feed(self, data):
        data = self.rest + data
        size = self.block if self.mulaw else 2 * self.block
        n = len(data) // size
        self.rest = data[n * size:]
        if not n:
            return
        x = (MULAW[np.frombuffer(data, np.uint8, n * size)] if self.mulaw
             else np.frombuffer(data, "<i2", n * self.block))
        t = now()
        for i in range(n):
            b = x[i * self.block:(i + 1) * self.block]
            self.ms += 20
            if b.max() > LOUD or b.min() < -LOUD:
                self.on_loud(t)
            else:
                self.on_quiet()

    def on_loud(self, t):
        self.loud += 1
        self.loud_ms = self.ms
        if self.utt:
            self.utt["speech_end"] = t
            if self.interim and self.ms - self.last_interim >= INTERIM_EVERY_MS:
                self.last_interim = self.ms
                self.results(self.utt, False)
        elif self.loud >= ONSET_BLOCKS:
            self.fault = self.f.faults.take("stt", "hang", "close", "slow")
            self.start_ms = self.last_interim = self.ms - 20 * self.loud
            self.ended_ms = None
            self.utt = {"k": "stt", "case": str(next(self.f.case)), "speech_start": t, "speech_end": t,
                        "endpoint_ms": self.endpoint_ms, "trigger": None, "sent": None}
            self.f.log.append(self.utt)
            if self.fault.get("kind") == "close":
                self.f.spawn(self.ws.close(code=1011, message=b"injected fault"))
            if self.vad_events:
                self.send({"type": "SpeechStarted", "channel": [0, 1], "timestamp": self.start_ms / 1000})

    def on_quiet(self):
        self.loud = 0
        if self.utt and self.endpoint_ms and self.ms - self.loud_ms >= self.endpoint_ms:
            self.final("endpoint")
        if (self.utterance_end_ms and self.ended_ms is not None
                and self.ms - self.ended_ms >= self.utterance_end_ms):
            self.send({"type": "UtteranceEnd", "channel": [0, 1], "last_word_end": self.ended_ms / 1000})
            self.ended_ms = None

    def final(self, trigger):
        utt, self.utt = self.utt, None
        utt["trigger"] = trigger
        utt["silence_ms"] = self.ms - self.loud_ms
        utt["span"] = (self.start_ms, self.loud_ms)
        if self.fault.get("kind") == "hang":
            return
        self.pending = utt
        extra = self.fault.get("ms", 0) if self.fault.get("kind") == "slow" else 0
        asyncio.get_running_loop().call_later((self.f.a.stt_final_ms + extra) / 1000, self.send_final, utt)

    def send_final(self, utt):
        if self.pending is utt:
            self.pending = None
        self.ended_ms = utt["span"][1]
        utt["sent"] = now()
        self.results(utt, True)

    def finalize(self):
        if self.utt:
            self.final("finalize")
        elif self.pending:
            self.pending["trigger"] += "+finalize"
        else:  # nothing buffered: Deepgram answers with an empty final
            asyncio.get_running_loop().call_later(self.f.a.stt_final_ms / 1000, self.results, None, True, True)

    def results(self, utt, final, from_finalize=None):
        start, end = (utt.get("span") or (self.start_ms, self.ms)) if utt else (self.ms, self.ms)
        words = []
        if utt:
            n = max(2, int((end - start) / 1000 * WORDS_PER_S))
            text = ["case", utt["case"], *SENTENCE][:n]
            step = (end - start) / 1000 / len(text)
            words = [{"word": w, "start": round(start / 1000 + i * step, 3),
                      "end": round(start / 1000 + (i + 0.9) * step, 3), "confidence": 0.99,
                      "punctuated_word": w} for i, w in enumerate(text)]
        self.send({
            "type": "Results", "channel_index": [0, 1], "duration": (end - start) / 1000, "start": start / 1000,
            "is_final": final, "speech_final": final and bool(utt) and utt["trigger"].startswith("endpoint"),
            "channel": {"alternatives": [{"transcript": " ".join(w["word"] for w in words),
                                          "confidence": 0.99 if words else 0.0, "words": words}]},
            "metadata": {"request_id": self.request_id, "model_uuid": "00000000-0000-0000-0000-000000000000",
                         "model_info": {"name": self.model, "version": "2025-01-01.0", "arch": "nova-3"}},
            "from_finalize": bool(from_finalize or (final and utt and "finalize" in utt["trigger"]))})

    def send(self, msg):
        if not self.closed and not self.ws.closed:
            self.f.spawn(self._send(json.dumps(msg)))

    async def _send(self, text):
        try:
            await self.ws.send_str(text)
        except ConnectionError:
            self.closed = True


class Context:
    """One Cartesia context: transcripts pushed into it are spoken in order."""

    def __init__(self, fakes, ws, ctx, first):
        self.f, self.ws, self.ctx = fakes, ws, ctx
        self.raw, self.b64 = fakes.voice(first["output_format"])
        self.timestamps = first.get("add_timestamps")
        self.delay = first.get("max_buffer_delay_ms", 3000)
        self.rec = None
        self.buffer = ""
        self.timer = None
        self.flush_id = 0
        self.queue = asyncio.Queue()
        self.task = fakes.spawn(self.run())

    def push(self, d):
        text = d.get("transcript", "")
        if text.strip() and self.rec is None:
            self.rec = self.f.tts_record("")
        if self.rec:
            self.rec["chars"] += len(text)
            if not self.rec["case"] and (m := CASE.search(self.buffer + text)):
                self.rec["case"] = m[1]
        self.buffer += text
        last = not d.get("continue", False)
        flush = bool(d.get("flush")) or self.delay == 0
        if last or flush or self.buffer.rstrip().endswith((".", "?", "!")):
            self.flush(flush)
        elif self.buffer and not self.timer:  # managed buffering: wait for more context
            self.timer = asyncio.get_running_loop().call_later(self.delay / 1000, self.flush)
        if last:
            self.queue.put_nowait(None)

    def flush(self, flush_done=False):
        if self.timer:
            self.timer.cancel()
            self.timer = None
        if self.buffer.strip():
            if self.rec is None:
                self.rec = self.f.tts_record(self.buffer)
            self.queue.put_nowait((self.buffer, self.rec, now(), flush_done))
            self.rec = None
        self.buffer = ""

    async def run(self):
        tail = f'","done":false,"status_code":206,"step_time":10.0,"context_id":"{self.ctx}"}}'
        spoken, n = 0.0, 0
        try:
            while item := await self.queue.get():
                text, rec, submitted, flush_done = item
                fault = self.f.faults.take("tts")
                kind = fault.get("kind")
                if kind == "http_error":
                    await self.ws.send_json({"type": "error", "done": True, "title": "injected fault",
                                             "message": "injected fault", "error_code": "internal_error",
                                             "status_code": fault.get("status", 500), "context_id": self.ctx})
                    return
                if kind == "hang":
                    await asyncio.sleep(3600)
                seconds = len(text) / TTS_CHARS_PER_S
                rec["submitted"] = submitted
                gen = {**rec, "arrive": submitted}  # the vendor's clock starts when text is released
                async for i in self.f.chunks(gen, seconds, fault):
                    if kind == "close" and i == 1:
                        await self.ws.close(code=1011, message=b"injected fault")
                        return
                    rec["first"] = gen["first"]
                    await self.ws.send_str('{"type":"chunk","data":"' + self.b64[n % len(self.b64)] + tail)
                    n += 1
                    if i == 0 and self.timestamps:
                        await self.ws.send_json(timestamps(self.ctx, text, spoken))
                rec["done"] = now()
                spoken += seconds
                if flush_done:
                    self.flush_id += 1
                    await self.ws.send_json({"type": "flush_done", "done": False, "flush_done": True,
                                             "flush_id": self.flush_id, "status_code": 206,
                                             "context_id": self.ctx})
            await self.ws.send_json({"type": "done", "done": True, "status_code": 206, "context_id": self.ctx})
        except ConnectionError:
            pass


def tool_calls(canned):
    """The calls of a canned reply as OpenAI writes them."""
    calls = []
    for call in canned.get("calls", ()):
        args = call.get("arguments", {})
        calls.append({"id": call.get("id") or "call_" + uuid.uuid4().hex[:24], "type": "function", "function": {
            "name": call["name"], "arguments": args if isinstance(args, str) else json.dumps(args)}})
    return calls


def timestamps(ctx, text, offset):
    words, start, end, pos = text.split(), [], [], offset
    for w in words:
        start.append(round(pos, 3))
        pos += (len(w) + 1) / TTS_CHARS_PER_S
        end.append(round(pos - 0.02, 3))
    return {"type": "timestamps", "done": False, "status_code": 206, "context_id": ctx,
            "word_timestamps": {"words": words, "start": start, "end": end}}


def wav_header(fmt):
    """RIFF header of a stream whose length is not known yet."""
    code, bits = {"pcm_s16le": (1, 16), "pcm_f32le": (3, 32), "pcm_mulaw": (7, 8)}[fmt["encoding"]]
    rate, size = int(fmt["sample_rate"]), 0xFFFFFFFF
    i = lambda v, n: v.to_bytes(n, "little")  # noqa: E731
    return (b"RIFF" + i(size, 4) + b"WAVEfmt " + i(16, 4) + i(code, 2) + i(1, 2) + i(rate, 4)
            + i(rate * bits // 8, 4) + i(bits // 8, 2) + i(bits, 2) + b"data" + i(size, 4))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--port", type=int, default=9100)
    p.add_argument("--llm-ttft-ms", type=float, default=150)
    p.add_argument("--llm-tps", type=float, default=80)
    p.add_argument("--stt-final-ms", type=float, default=100)
    p.add_argument("--stt-min-silence-ms", type=float, default=200,
                   help="the recogniser's own hang-over: a shorter `endpointing` has no effect")
    p.add_argument("--tts-ttfb-ms", type=float, default=80)
    a = p.parse_args()
    try:
        import uvloop
        uvloop.install()
    except ImportError:
        pass
    web.run_app(Fakes(a).app(), host="127.0.0.1", port=a.port, access_log=None, print=None,
                handle_signals=True, shutdown_timeout=1)


if __name__ == "__main__":
    main()
