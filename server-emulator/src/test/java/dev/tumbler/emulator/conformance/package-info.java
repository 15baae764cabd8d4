/**
 * One conformance suite, run by each official SDK, and the list of what it has to show.
 *
 * <p><strong>The list.</strong> {@code src/test/resources/…/conformance/rows} has one file for each action, tab-separated,
 * and {@code Wire.tsv} for what all actions share. A row is one promise of the service: a parameter, a limit, a field of an
 * answer, an error, a rule; its evidence says how we know: <em>documented</em> (which page), <em>observed</em> (which
 * client), or <em>assumed</em>. The rows are transcribed from the documentation, whether the emulator keeps them or not.
 *
 * <p><strong>To add a row:</strong> add a line to the file of its action. Columns: {@code id} ({@code Action/…}, unique),
 * {@code kind} ({@code parameter}, {@code limit}, {@code field}, {@code error} or {@code rule}), the rule in words,
 * the {@code evidence}, its {@code source}, and {@code live}: {@code yes}, or why the row must not be tried on the real service.
 *
 * <p><strong>To prove it:</strong> write a {@link dev.tumbler.emulator.conformance.ConformanceTest} and name the row:
 *
 * <pre>{@code
 * @ConformanceTest
 * @Proves({"CreateSecret/SecretName/taken", "CreateSecret/error/Rejected.ResourceExist"})
 * void createSecret_ofATakenName_isRefused(Kms kms) {
 *     String name = kms.name("taken");
 *     kms.call("CreateSecret", "SecretName", name, "VersionId", "v1", "SecretData", "x");
 *     kms.assertRefused(409, "Rejected.ResourceExist",
 *             "CreateSecret", "SecretName", name, "VersionId", "v1", "SecretData", "x");
 * }
 * }</pre>
 *
 * <p>It runs once with each SDK, against an emulator of its own with a frozen clock. Parameters are called as on the wire;
 * lists ({@code ResourceId}) and maps ({@code Tag}) are Java's. Each SDK puts them into its typed request class; where its
 * model lacks the action or the parameter, it sends them by its generic call. The answer comes from the typed response, so
 * that a field that the SDK cannot read is absent. A parameter of type {@link dev.tumbler.emulator.KmsEmulator} gives the
 * emulator, for its clock and its databases; such a test does not run against the real service.
 *
 * <p>What no SDK sends is tested by hand-made requests; any test of this module may carry
 * {@link dev.tumbler.emulator.conformance.Proves}.
 */
package dev.tumbler.emulator.conformance;
