/** Tests of persistent subscriptions. */
@NullMarked
package io.esdb.subscriptions.persistent;

import org.jspecify.annotations.NullMarked;
