package dev.realtime.service.admin;

import dev.realtime.contracts.admin.InstanceReport;
import dev.realtime.contracts.admin.Instances;
import dev.realtime.service.cluster.command.Answers;
import dev.realtime.service.cluster.command.Command;
import dev.realtime.service.cluster.command.CommandBus;
import dev.realtime.service.cluster.command.CommandNotSentException;
import java.util.Comparator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The state of every instance; each instance is asked. */
@RestController
class InstancesController {

    private final CommandBus commands;
    private final JsonMapper json;

    InstancesController(CommandBus commands, JsonMapper json) {
        this.commands = commands;
        this.json = json;
    }

    @GetMapping("/api/v1/admin/instances")
    Instances instances() {
        try {
            Answers answers = commands.askAll(new Command.Report());
            return new Instances(
                    answers.byInstance().values().stream()
                            .map(report -> json.treeToValue(report, InstanceReport.class))
                            .sorted(Comparator.comparing(InstanceReport::instance))
                            .toList(),
                    answers.silent().stream().sorted().toList());
        } catch (CommandNotSentException e) {
            throw Audited.unavailable(e);
        }
    }
}
