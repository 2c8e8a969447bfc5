package org.dacite.bench;

/** A record to put: a key of 32 bytes and a value of 100. Neither array ever changes. */
record Change(byte[] key, byte[] value) {}
