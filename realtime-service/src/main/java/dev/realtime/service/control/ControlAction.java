package dev.realtime.service.control;

import tools.jackson.databind.JsonNode;

/** Something that every instance can be told to do. A bean for each. */
public interface ControlAction {

    /** The name it is asked for by. */
    String name();

    /**
     * Does it on this instance, one command at a time, in the order in which Redis has them. Must be quick, and may do
     * nothing: most commands concern one instance only.
     *
     * @param arguments what was asked for
     * @return what was done, for JSON
     */
    Object perform(JsonNode arguments);
}
