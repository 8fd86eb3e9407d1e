package dev.realtime.console.parts;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.realtime.console.language.Times;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A link that downloads a table as CSV: quoted as in RFC 4180, in UTF-8 with a byte order mark, without which Excel
 * misreads Cyrillic, and separated by semicolons, since Excel with Russian settings does not split cells at commas. No
 * cell is a formula for a spreadsheet.
 */
public final class CsvDownload extends Anchor {

    private static final long serialVersionUID = 1L;

    private static final String SEPARATOR = ";";

    /** Writes the rows without the header. */
    @FunctionalInterface
    public interface Rows {
        void writeTo(Csv csv) throws IOException;
    }

    /** Receives the rows. */
    public static final class Csv {

        private final Writer writer;

        Csv(Writer writer) {
            this.writer = writer;
        }

        public void row(List<String> values) throws IOException {
            writer.write(values.stream().map(CsvCell::of).collect(Collectors.joining(SEPARATOR)));
            writer.write("\r\n");
        }
    }

    /**
     * @param label the link's text
     * @param file the beginning of the file's name, which goes on with the day
     * @param times the browser's times
     * @param header the first row
     * @param rows writes the other rows; called without the session's lock
     */
    public CsvDownload(String label, String file, Times times, List<String> header, Rows rows) {
        setHref((DownloadHandler)
                event -> write(event, file + '-' + LocalDate.now(times.zone()) + ".csv", header, rows));
        // The answer names the file.
        getElement().setAttribute("download", true);
        Button button = new Button(label, VaadinIcon.DOWNLOAD_ALT.create());
        button.getElement().setAttribute("tabindex", "-1");
        add(button);
        setRouterIgnore(true);
        addClassName("download");
    }

    private static void write(DownloadEvent event, String file, List<String> header, Rows rows) throws IOException {
        event.setContentType("text/csv; charset=utf-8");
        event.setFileName(file);
        try (Writer writer =
                new BufferedWriter(new OutputStreamWriter(event.getOutputStream(), StandardCharsets.UTF_8))) {
            write(writer, header, rows);
        }
    }

    static void write(Writer writer, List<String> header, Rows rows) throws IOException {
        writer.write('\uFEFF');
        Csv csv = new Csv(writer);
        csv.row(header);
        rows.writeTo(csv);
    }
}
