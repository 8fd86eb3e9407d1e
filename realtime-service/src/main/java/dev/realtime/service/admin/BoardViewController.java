package dev.realtime.service.admin;

import dev.realtime.contracts.board.BoardPage;
import dev.realtime.contracts.board.Person;
import dev.realtime.service.boardapi.BoardLists;
import dev.realtime.service.boardapi.PeopleList;
import dev.realtime.service.gateway.access.Reach;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The live board for administrators: everything, with phone numbers masked. */
@RestController
@RequestMapping("/api/v1/admin/board")
class BoardViewController {

    private final BoardLists lists;
    private final PeopleList people;
    private final JsonMapper json;

    BoardViewController(BoardLists lists, PeopleList people, JsonMapper json) {
        this.lists = lists;
        this.people = people;
        this.json = json;
    }

    @GetMapping("/calls")
    ResponseEntity<byte[]> calls(@RequestParam Map<String, String> parameters) {
        return masked(lists.calls(Reach.ofService(List.of()), parameters, false));
    }

    @GetMapping("/orders")
    ResponseEntity<byte[]> orders(@RequestParam Map<String, String> parameters) {
        return masked(lists.orders(Reach.ofService(List.of()), parameters));
    }

    @GetMapping("/people")
    BoardPage<Person> people(@RequestParam Map<String, String> parameters) {
        return people.people(parameters);
    }

    private ResponseEntity<byte[]> masked(BoardPage<?> page) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(PhoneMask.mask(json.writeValueAsBytes(page)));
    }
}
