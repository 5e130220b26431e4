"""Samples: G.711, resampling, WAV, voice activity, echo, playback, phrase cache. Knows no calls.

A call's sound inside offhook is G.711 mu-law, 8 kHz, mono: 20 ms are 160 bytes. Start with `g711`; then the way in
(`echo`, `voice_activity`) and the way out (`playback`, paced by `ticker`).
"""
