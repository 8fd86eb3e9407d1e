/** The console's words in Russian and English, and how numbers and times are written. */
@NullMarked
package dev.realtime.console.language;

import org.jspecify.annotations.NullMarked;
