import java.io.FileInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;
import org.javarosa.core.model.*;
import org.javarosa.core.model.data.*;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.*;
import org.javarosa.form.api.*;
import org.javarosa.xform.util.XFormUtils;

/** Fills in XForms (FOLDER/0.xml, FOLDER/0.answers, 1.xml ...) and prints what JavaRosa makes of each: one JSON object a line.
 *  An answer line is a reference with positions, a tab and the percent-encoded answer; a roster item is its reference alone. */
public class JavaRosaRunner {
    private final FormEntryModel model;
    private final FormEntryController control;
    private final FormDef form;
    private final Map<String, String> given = new HashMap<>();
    private final Set<String> repeats = new HashSet<>(), offered = new TreeSet<>();
    private final boolean keep;
    private final Map<String, Integer> answered = new LinkedHashMap<>();
    private final StringBuilder nodes = new StringBuilder();

    public static void main(String[] args) throws Exception {
        new org.javarosa.model.xform.XFormsModule().registerModule();
        new org.javarosa.core.util.JavaRosaCoreModule().registerModule();
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            String line;
            try {
                line = new JavaRosaRunner(Path.of(args[0], i + ".xml"), Path.of(args[0], i + ".answers"), args[2].equals("keep")).result();
            } catch (Exception | StackOverflowError e) {
                Throwable cause = e;
                while (cause.getCause() != null && cause.getCause() != cause) cause = cause.getCause();
                line = "{\"error\":" + quote(e.getMessage() == null ? cause.toString() : e.getMessage()) + "}";
            }
            System.out.println(line);
        }
    }

    JavaRosaRunner(Path xml, Path answers, boolean keep) throws Exception {
        this.keep = keep;
        for (String line : Files.readAllLines(answers)) {
            String[] part = line.split("\t", 2);
            if (part.length == 2) given.put(part[0], URLDecoder.decode(part[1].replace("+", "%2B"), StandardCharsets.UTF_8));
            else if (!line.isEmpty()) repeats.add(line);
        }
        form = XFormUtils.getFormFromInputStream(new FileInputStream(xml.toFile()));
        form.initialize(true, new InstanceInitializationFactory());
        model = new FormEntryModel(form);
        control = new FormEntryController(model);
    }

    String result() throws Exception {
        int known = -1;
        for (int round = 0; round < (keep ? 6 : 1) && known < answered.size(); round++) {
            known = answered.size();
            goThrough();
        }
        walk(form.getMainInstance().getRoot());
        StringJoiner verdicts = new StringJoiner(",");
        answered.forEach((place, verdict) -> verdicts.add(quote(place) + ":" + verdict));
        return "{\"answered\":{" + verdicts + "},\"offered\":[" + String.join(",", offered) + "],\"nodes\":[" + nodes + "]}";
    }

    private void goThrough() throws Exception {
        control.jumpToIndex(FormIndex.createBeginningOfFormIndex());
        int event = control.stepToNextEvent();
        while (event != FormEntryController.EVENT_END_OF_FORM) {
            FormIndex at = model.getFormIndex();
            if (event == FormEntryController.EVENT_PROMPT_NEW_REPEAT) {
                String place = place(at.getReference());
                offered.add(quote(place.substring(0, place.lastIndexOf('['))));
            }
            if (event == FormEntryController.EVENT_PROMPT_NEW_REPEAT && repeats.contains(reference(at.getReference()))) {
                control.newRepeat();
            } else if (event == FormEntryController.EVENT_QUESTION) {
                answer(at.getReference());
            }
            event = control.stepToNextEvent();
        }
    }

    private void answer(TreeReference ref) throws Exception {
        String value = given.get(reference(ref));
        if (value == null) return;
        IAnswerData data = data(value);
        int verdict = control.answerQuestion(data, true);
        if (keep && verdict != FormEntryController.ANSWER_OK) form.setValue(data, ref, true);
        answered.put(place(ref), verdict);
    }

    private IAnswerData data(String value) throws Exception {
        QuestionDef question = model.getQuestionPrompt().getQuestion();
        int control = question.getControlType();
        if (control == Constants.CONTROL_SELECT_MULTI || control == Constants.CONTROL_RANK) {
            List<Selection> chosen = new ArrayList<>();
            for (String name : value.split(" ")) chosen.add(new Selection(name));
            return new MultipleItemsData(chosen);
        }
        if (control == Constants.CONTROL_SELECT_ONE) return new SelectOneData(new Selection(value));
        return AnswerDataFactory.templateByDataType(model.getQuestionPrompt().getDataType()).cast(new UncastData(value));
    }

    private void walk(TreeElement e) {
        TreeReference ref = e.getRef();
        if (ref.size() > 1) {
            nodes.append(nodes.length() == 0 ? "" : ",").append("{\"place\":").append(quote(place(ref)))
                .append(",\"holds\":").append(e.getNumChildren() > 0)
                .append(",\"relevant\":").append(e.isRelevant()).append(",\"required\":").append(e.isRequired())
                .append(",\"value\":").append(quote(e.getValue() == null ? "" : e.getValue().uncast().getString())).append("}");
        }
        for (int i = 0; i < e.getNumChildren(); i++) {
            TreeElement child = e.getChildAt(i);
            if (child.getMult() != TreeReference.INDEX_TEMPLATE) walk(child);
        }
    }

    /** /data[1]/roster[2]/question[1] */
    private String reference(TreeReference ref) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < ref.size(); i++)
            out.append("/").append(ref.getName(i)).append("[").append(Math.max(ref.getMultiplicity(i), 0) + 1).append("]");
        return out.toString();
    }

    /** roster[2].question; groups are left out, a roster's item is roster[2]. */
    private String place(TreeReference ref) {
        StringBuilder out = new StringBuilder();
        for (int i = 1; i < ref.size(); i++) {
            boolean last = i == ref.size() - 1, repeat = isRepeat(ref, i);
            if (repeat) out.append(ref.getName(i)).append("[").append(Math.max(ref.getMultiplicity(i), 0) + 1).append("]").append(last ? "" : ".");
            else if (last) out.append(ref.getName(i));
        }
        return out.toString();
    }

    private boolean isRepeat(TreeReference ref, int level) {
        TreeElement e = form.getMainInstance().getTemplatePath(ref.getSubReference(level));
        return e != null && e.isRepeatable();
    }

    private static String quote(String s) {
        StringBuilder b = new StringBuilder("\"");
        for (char c : s.toCharArray()) {
            if (c == '"' || c == '\\') b.append('\\').append(c);
            else if (c < 0x20) b.append(String.format("\\u%04x", (int) c));
            else b.append(c);
        }
        return b.append('"').toString();
    }
}
