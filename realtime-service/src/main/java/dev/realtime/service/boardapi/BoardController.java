package dev.realtime.service.boardapi;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.board.BoardPage;
import dev.realtime.contracts.board.LiveCall;
import dev.realtime.contracts.board.LiveOrder;
import dev.realtime.contracts.board.Person;
import dev.realtime.service.gateway.access.AccessPolicy;
import dev.realtime.service.gateway.access.Reach;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.security.Authorities;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is going on now: to a user what goes to the rooms they may be in, to a service everything. */
@RestController
@RequestMapping("/api/v1/board")
class BoardController {

    private final BoardLists lists;
    private final PeopleList people;
    private final AccessPolicy policy;

    BoardController(BoardLists lists, PeopleList people, AccessPolicy policy) {
        this.lists = lists;
        this.people = people;
        this.policy = policy;
    }

    @GetMapping("/calls")
    ResponseEntity<BoardPage<LiveCall>> calls(
            Authentication caller, @RequestParam MultiValueMap<String, String> parameters) {
        return answer(lists.calls(reach(caller, parameters), parameters.toSingleValueMap(), true));
    }

    @GetMapping("/orders")
    ResponseEntity<BoardPage<LiveOrder>> orders(
            Authentication caller, @RequestParam MultiValueMap<String, String> parameters) {
        return answer(lists.orders(reach(caller, parameters), parameters.toSingleValueMap()));
    }

    @GetMapping("/people")
    ResponseEntity<BoardPage<Person>> people(
            Authentication caller, @RequestParam MultiValueMap<String, String> parameters) {
        if (!Authorities.maySeeWhoIsThere(caller)) {
            throw new ProblemException(
                    ErrorCode.FORBIDDEN, "Only directors, administrators and services see what people are doing.");
        }
        return answer(people.people(parameters.toSingleValueMap()));
    }

    private Reach reach(Authentication caller, MultiValueMap<String, String> parameters) {
        Identity user = caller.getPrincipal() instanceof Identity identity ? identity : null;
        return Reach.of(user, parameters.getOrDefault("rooms", List.of()), policy);
    }

    private static <T> ResponseEntity<BoardPage<T>> answer(BoardPage<T> page) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(page);
    }
}
