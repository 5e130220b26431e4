"""The running call: drives one conversation with a line, a recognizer, a receptionist, a voice and the journal."""
