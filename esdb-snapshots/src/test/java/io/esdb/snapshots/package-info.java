/** Tests of snapshots. */
@NullMarked
package io.esdb.snapshots;

import org.jspecify.annotations.NullMarked;
