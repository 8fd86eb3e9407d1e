package dev.realtime.service.board;

/** The kinds of entries, in the order in which they are saved. */
enum Kind {
    CALL("calls"),
    ORDER("orders"),
    PERSON("people");

    /** The name of their hash in Redis. */
    final String plural;

    Kind(String plural) {
        this.plural = plural;
    }

    static Kind of(Entry entry) {
        return switch (entry) {
            case CallEntry call -> CALL;
            case OrderEntry order -> ORDER;
            case PersonEntry person -> PERSON;
        };
    }

    Class<? extends Entry> type() {
        return switch (this) {
            case CALL -> CallEntry.class;
            case ORDER -> OrderEntry.class;
            case PERSON -> PersonEntry.class;
        };
    }
}
