/** The Lua scripts that Redis runs. */
@NullMarked
package dev.realtime.service.scripts;

import org.jspecify.annotations.NullMarked;
