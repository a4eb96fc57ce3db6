"""The parts of bench/run: a catalogue, a server that holds it, a load on it, and what became of them."""
