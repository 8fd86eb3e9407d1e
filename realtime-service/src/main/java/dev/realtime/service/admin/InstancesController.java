package dev.realtime.service.admin;

import dev.realtime.contracts.admin.InstanceReport;
import dev.realtime.contracts.admin.Instances;
import dev.realtime.service.backplane.BackplaneUnavailableException;
import dev.realtime.service.control.Answers;
import dev.realtime.service.control.ControlBus;
import java.util.Comparator;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** How the instances are: each is asked. */
@RestController
class InstancesController {

    private final ControlBus control;
    private final JsonMapper json;

    InstancesController(ControlBus control, JsonMapper json) {
        this.control = control;
        this.json = json;
    }

    @GetMapping("/api/v1/admin/instances")
    Instances instances() {
        try {
            Answers answers = control.ask(ReportAction.NAME, Map.of());
            return new Instances(
                    answers.byInstance().values().stream()
                            .map(report -> json.treeToValue(report, InstanceReport.class))
                            .sorted(Comparator.comparing(InstanceReport::instance))
                            .toList(),
                    answers.silent().stream().sorted().toList());
        } catch (BackplaneUnavailableException e) {
            throw Audited.away();
        }
    }
}
