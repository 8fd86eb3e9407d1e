package dev.realtime.service.board;

/** The kinds of entries. */
enum Kind {
    CALL,
    ORDER,
    PERSON
}
