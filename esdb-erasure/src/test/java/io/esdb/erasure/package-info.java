/** Tests of sealing, opening and erasing. */
@NullMarked
package io.esdb.erasure;

import org.jspecify.annotations.NullMarked;
