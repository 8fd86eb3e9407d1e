package dev.realtime.service.gateway.frontdoor;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A real Tomcat with the controllers that the front door's tests need, and nothing else of the service. */
@TestConfiguration
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class
})
@Import({FrontDoorConfiguration.class, TestBackend.Api.class})
class TestBackend {

    static final int PIECE = 64 * 1024;

    @RestController
    static class Api {

        final AtomicInteger requests = new AtomicInteger();
        final AtomicInteger failedWrites = new AtomicInteger();
        final AtomicLong uploaded = new AtomicLong();
        final AtomicInteger failedReads = new AtomicInteger();
        final CountDownLatch slowMayEnd = new CountDownLatch(1);
        final CountDownLatch stalledMayRead = new CountDownLatch(1);

        /** What Tomcat thinks the request is. */
        @RequestMapping("/api/seen/**")
        Map<String, Object> seen(HttpServletRequest request) {
            requests.incrementAndGet();
            Map<String, Object> seen = new LinkedHashMap<>();
            seen.put("method", request.getMethod());
            seen.put("uri", request.getRequestURI());
            seen.put("query", request.getQueryString());
            seen.put("remoteAddr", request.getRemoteAddr());
            seen.put("remoteHost", request.getRemoteHost());
            seen.put("scheme", request.getScheme());
            seen.put("secure", request.isSecure());
            seen.put("serverName", request.getServerName());
            seen.put("serverPort", request.getServerPort());
            Map<String, Object> headers = new TreeMap<>();
            Collections.list(request.getHeaderNames())
                    .forEach(name -> headers.put(
                            name.toLowerCase(java.util.Locale.ROOT), Collections.list(request.getHeaders(name))));
            seen.put("headers", headers);
            return seen;
        }

        @PostMapping("/api/echo")
        void echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
            requests.incrementAndGet();
            if (request.getContentLengthLong() >= 0) {
                response.setContentLengthLong(request.getContentLengthLong());
            }
            request.getInputStream().transferTo(response.getOutputStream());
        }

        /** Reads everything, answers with the number of bytes. */
        @PostMapping("/api/count")
        String count(HttpServletRequest request) throws IOException {
            long sum = 0;
            byte[] buffer = new byte[PIECE];
            InputStream in = request.getInputStream();
            try {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    sum += n;
                    uploaded.addAndGet(n);
                }
            } catch (IOException e) {
                failedReads.incrementAndGet();
                throw e;
            }
            return Long.toString(sum);
        }

        /** Reads nothing until it may. */
        @PostMapping("/api/stalled")
        String stalled(HttpServletRequest request) throws IOException, InterruptedException {
            stalledMayRead.await();
            return count(request);
        }

        /** Answers without reading the body. */
        @PostMapping("/api/refuse/{status}")
        ResponseEntity<String> refuse(@PathVariable int status) {
            return ResponseEntity.status(HttpStatus.valueOf(status)).body("refused");
        }

        @GetMapping("/api/big/{bytes}")
        void big(@PathVariable long bytes, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            if (request.getParameter("length") != null) {
                response.setContentLengthLong(bytes);
            }
            byte[] piece = new byte[PIECE];
            OutputStream out = response.getOutputStream();
            try {
                for (long left = bytes; left > 0; left -= piece.length) {
                    out.write(piece, 0, (int) Math.min(left, piece.length));
                    uploaded.addAndGet(piece.length);
                }
            } catch (IOException e) {
                failedWrites.incrementAndGet();
                throw e;
            }
        }

        /** Begins an answer and dies in the middle of it. */
        @GetMapping("/api/broken")
        void broken(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getParameter("length") != null) {
                response.setContentLength(1000);
            }
            response.getOutputStream().write("the beginning".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            response.flushBuffer();
            throw new IllegalStateException("broken on purpose");
        }

        @GetMapping("/api/slow")
        String slow() throws InterruptedException {
            requests.incrementAndGet();
            slowMayEnd.await();
            return "slow";
        }

        @RequestMapping("/api/status/{status}")
        ResponseEntity<Void> status(@PathVariable int status) {
            return ResponseEntity.status(status).build();
        }
    }
}
