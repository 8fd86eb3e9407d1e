package dev.realtime.service.cluster;

/** The version of whatever instances say to each other: the register's entries, commands, forwarded requests, presence. */
public final class Protocol {

    /**
     * This instance's version. It changes when an instance of the version before would misread what this one says; an
     * instance ignores what carries another version, and reports it to {@link ForeignProtocols}.
     */
    public static final int VERSION = 1;

    private Protocol() {}
}
