import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import org.ofdrw.converter.ImageMaker;
import org.ofdrw.reader.ContentExtractor;
import org.ofdrw.reader.OFDReader;
import org.ofdrw.sign.verify.OFDValidator;
import org.ofdrw.sign.verify.exceptions.DocNotSignException;
import org.ofdrw.sign.verify.exceptions.FileIntegrityException;

/**
 * Asks ofdrw about every file of a folder: one line of JSON each. Seals are not verified, only the
 * digests that they cover.
 */
public class Ask {
    static final String ASKED = "26001234567890123456";
    static final String OTHER = "26001234567890123457";
    static final int MOST_PAGES = 3;

    public static void main(String[] args) throws Exception {
        List<Path> files;
        try (var listed = Files.list(Path.of(args[0]))) {
            files = listed.sorted().collect(Collectors.toList());
        }
        for (Path file : files) System.out.println(answer(file));
        System.exit(0);
    }

    static String answer(Path file) throws Exception {
        String key = sha256(Files.readAllBytes(file));
        StringBuilder json = new StringBuilder("{\"sha256\":\"" + key + "\"");
        try (OFDReader reader = new OFDReader(file)) {
            int pages = reader.getNumberOfPages();
            if (pages == 0) throw new IllegalStateException("no page");
            String text = String.join("", new ContentExtractor(reader).extractAll());
            ImageMaker maker = new ImageMaker(reader, 5);
            for (int n = 0; n < Math.min(pages, MOST_PAGES); n++) maker.makePage(n);
            json.append(",\"did\":\"opens\",\"pages\":" + pages);
            json.append(",\"invoice\":\"" + invoiceIn(text) + "\"");
            json.append(",\"digests\":" + digests(reader));
        } catch (Throwable error) {
            json.setLength(0);
            // A library that is not there, or a feature that this one lacks, says nothing of the file.
            boolean unable =
                    error instanceof LinkageError
                            || error.getClass().getSimpleName().equals("UnsupportedZipFeatureException");
            String did = unable ? "unable" : "refuses";
            json.append("{\"sha256\":\"" + key + "\",\"did\":\"" + did + "\",\"words\":");
            json.append(quoted(error.getClass().getSimpleName() + ": " + first(error.getMessage())));
        }
        return json.append(",\"streamed\":" + streams(file)).append("}").toString();
    }

    /** Whether the library of Java itself reads the archive from its start, checking each CRC. */
    static boolean streams(Path file) {
        int entries = 0;
        try (ZipInputStream archive = new ZipInputStream(Files.newInputStream(file))) {
            for (; archive.getNextEntry() != null; entries++) archive.readAllBytes();
            return entries > 0;
        } catch (Exception error) {
            return false;
        }
    }

    /** "right", "unsigned", "unable", or the part whose digest is wrong. */
    static String digests(OFDReader reader) {
        try (OFDValidator validator = new OFDValidator(reader)) {
            validator.setValidator((type, algorithm, content, value) -> {});
            validator.exeValidate();
            return quoted("right");
        } catch (DocNotSignException error) {
            return quoted("unsigned");
        } catch (FileIntegrityException error) {
            return quoted(error.getMessage().replaceAll("(?s).*?(/[\\w./-]+).*", "$1"));
        } catch (Throwable error) {
            return quoted("unable: " + error.getClass().getSimpleName());
        }
    }

    static String invoiceIn(String text) {
        String digits = text.replaceAll("\\s", "");
        return digits.contains(ASKED) ? "asked" : digits.contains(OTHER) ? "other" : "none";
    }

    static String first(String message) {
        String line = String.valueOf(message).split("\n")[0].replaceAll("/tmp/\\S+", "file");
        return line.substring(0, Math.min(90, line.length()));
    }

    static String quoted(String text) {
        return '"' + text.replaceAll("[\\\\\"\\p{Cntrl}]", "'") + '"';
    }

    static String sha256(byte[] bytes) throws Exception {
        return hex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
