/** The view of people: what each of them does, and their sockets. */
@NullMarked
package dev.realtime.console.people;

import org.jspecify.annotations.NullMarked;
