package dev.realtime.console.parts;

/**
 * A cell of CSV in quotes, in which no spreadsheet finds a formula.
 *
 * <p>A spreadsheet may separate cells by another character than the comma: then the quotes do not hold, and each separator
 * within a text begins a cell. So an apostrophe stands wherever a cell could begin with the sign of a formula: at the start
 * of the text and after every separator and line break, with white space or quotes in between or not.
 */
final class CsvCell {

    private static final char GUARD = '\'';

    /** What separates cells or rows for one program or another. */
    private static final String SEPARATORS = ",;|\t\n\u000B\f\r\u0085\u2028\u2029";

    /** The signs that begin a formula, and what programs turn into them: full-width, small, raised and lowered ones, dashes. */
    private static final String FORMULA = "=+-@"
            + "\uFF1D\uFF0B\uFF0D\uFF20"
            + "\uFE66\uFE62\uFE63\uFE6B"
            + "\u207C\u207A\u207B\u208C\u208A\u208B"
            + "\u2010\u2011\u2012\u2013\u2014\u2015\u2212";

    private CsvCell() {}

    static String of(String text) {
        StringBuilder cell = new StringBuilder(text.length() + 8).append('"');
        if (!text.isEmpty() && SEPARATORS.indexOf(text.charAt(0)) > SEPARATORS.indexOf('|')) {
            cell.append(GUARD);
        }
        int begin = cell.length();
        boolean beginning = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean separator = SEPARATORS.indexOf(c) >= 0;
            if (beginning && FORMULA.indexOf(c) >= 0) {
                cell.insert(begin, GUARD);
            }
            beginning = separator || beginning && isNothing(c);
            cell.append(c);
            if (c == '"') {
                cell.append(c);
            }
            if (separator) {
                begin = cell.length();
            }
        }
        return cell.append('"').toString();
    }

    /** What a program may drop before it looks what a cell begins with. */
    private static boolean isNothing(char c) {
        return c == '"'
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }
}
