"""Samples: G.711, resampling, voice activity, playback pacing, phrase cache, echo, WAV. Knows no calls."""
