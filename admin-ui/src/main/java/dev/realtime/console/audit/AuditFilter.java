package dev.realtime.console.audit;

import dev.realtime.console.api.Query;

/**
 * Which entries are wanted; what is empty does not matter.
 *
 * @param actor who did it
 * @param action what was done
 * @param text what stands somewhere in target or reason
 */
record AuditFilter(String actor, String action, String text) {

    Query query() {
        return Query.none().with("actor", actor).with("action", action).with("text", text);
    }
}
