package dev.realtime.service.problem;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers errors that occurred outside Spring MVC: in filters, in Spring Security's firewall, in Tomcat's own servlets.
 */
@RestController
class ProblemErrorController implements ErrorController {

    @RequestMapping("/error")
    ResponseEntity<Problem> error(HttpServletRequest request) {
        HttpStatusCode status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer number
                ? HttpStatusCode.valueOf(number)
                : HttpStatusCode.valueOf(404);
        ErrorCode code = Problems.code(status);
        HttpHeaders headers = new HttpHeaders();
        Problems.addHeaders(code, headers);
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        Problem problem = Problems.of(code, status, Problems.detail(code), List.of());
        return ResponseEntity.status(status).headers(headers).body(problem);
    }
}
