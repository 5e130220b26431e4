"""The outside engines behind their protocols: `stt`, `llm`, `tts`. One file per vendor, one shared contract suite."""
