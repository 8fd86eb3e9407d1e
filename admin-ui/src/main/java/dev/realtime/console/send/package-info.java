/** The view that sends notifications and shows their reach. */
@NullMarked
package dev.realtime.console.send;

import org.jspecify.annotations.NullMarked;
