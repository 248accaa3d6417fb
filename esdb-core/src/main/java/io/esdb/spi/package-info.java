/**
 * What a storage and a command log implement, so that the store above them cannot tell one from another. Bytes in,
 * bytes out: nothing here knows what an event is.
 */
@NullMarked
package io.esdb.spi;

import org.jspecify.annotations.NullMarked;
