package dev.realtime.console.audit;

import dev.realtime.console.api.Query;

/**
 * Selects entries; empty criteria match all.
 *
 * @param actor the administrator
 * @param action the action
 * @param text a part of the target or the reason
 */
record AuditFilter(String actor, String action, String text) {

    Query query() {
        return Query.none().with("actor", actor).with("action", action).with("text", text);
    }
}
