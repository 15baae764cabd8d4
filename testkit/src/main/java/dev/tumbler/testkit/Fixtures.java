package dev.tumbler.testkit;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** What the annotations of a test say that its emulator has. */
final class Fixtures {
    private final List<Class<?>> classes;
    private final Optional<? extends AnnotatedElement> method;

    private Fixtures(List<Class<?>> classes, Optional<? extends AnnotatedElement> method) {
        this.classes = classes;
        this.method = method;
    }

    /** Those of the class and the classes around it, and of the method if the context is one's. */
    static Fixtures of(ExtensionContext context) {
        List<Class<?>> classes = new ArrayList<>(context.getEnclosingTestClasses());
        classes.add(context.getRequiredTestClass());
        return new Fixtures(classes, context.getTestMethod());
    }

    /** Whether the method itself says what its emulator has. */
    boolean anyOnMethod() {
        return method.filter(element ->
                        !read(element, classes.get(classes.size() - 1)).isEmpty()
                                || AnnotationSupport.isAnnotated(element, AllowedBy.class))
                .isPresent();
    }

    /** The annotation nearest to the test. */
    <A extends Annotation> Optional<A> nearest(Class<A> annotation) {
        List<AnnotatedElement> elements = elements();
        for (int i = elements.size() - 1; i >= 0; i--) {
            Optional<A> found = AnnotationSupport.findAnnotation(elements.get(i), annotation);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The policy document under which the test runs. */
    Optional<String> policy() {
        return nearest(AllowedBy.class).map(allowed -> Texts.policy(allowed.value(), classes.get(classes.size() - 1)));
    }

    /** All that is to be made; of clocks the nearest. */
    List<Fixture> all() {
        List<Fixture> all = new ArrayList<>();
        nearest(FrozenClock.class)
                .ifPresent(clock -> all.add(new Fixture.Clock(Texts.instant(clock.value(), "@FrozenClock"))));
        for (AnnotatedElement element : elements()) {
            Class<?> near = element instanceof Class<?> type ? type : classes.get(classes.size() - 1);
            read(element, near).stream()
                    .filter(fixture -> !(fixture instanceof Fixture.Clock))
                    .forEach(all::add);
        }
        for (Class<?> testClass : classes) {
            for (Field field : fields(testClass, DbInstance.class)) {
                all.add(fixture(field.getAnnotation(DbInstance.class)));
            }
            for (Field field : fields(testClass, RdsSecret.class)) {
                all.add(fixture(field.getAnnotation(RdsSecret.class)));
            }
        }
        return all;
    }

    private static List<Field> fields(Class<?> testClass, Class<? extends Annotation> annotation) {
        return AnnotationSupport.findAnnotatedFields(
                testClass, annotation, field -> true, HierarchyTraversalMode.TOP_DOWN);
    }

    private List<AnnotatedElement> elements() {
        List<AnnotatedElement> elements = new ArrayList<>(classes);
        method.ifPresent(elements::add);
        return elements;
    }

    /** @param near where policies and files are looked for */
    private static List<Fixture> read(AnnotatedElement element, Class<?> near) {
        List<Fixture> fixtures = new ArrayList<>();
        AnnotationSupport.findAnnotation(element, FrozenClock.class)
                .ifPresent(clock -> fixtures.add(new Fixture.Clock(Texts.instant(clock.value(), "@FrozenClock"))));
        AnnotationSupport.findAnnotation(element, KmsFixtures.class)
                .ifPresent(file -> fixtures.addAll(FixtureFile.parse(Texts.content(file.value(), near), file.value())));
        each(element, DbInstance.class).forEach(instance -> fixtures.add(fixture(instance)));
        each(element, GenericSecret.class)
                .forEach(
                        secret -> fixtures.add(new Fixture.Generic(secret.name(), secret.value(), secret.versionId())));
        each(element, RdsSecret.class).forEach(secret -> fixtures.add(fixture(secret)));
        each(element, AccessKey.class).forEach(key -> fixtures.add(key(key, near)));
        return fixtures;
    }

    private static <A extends Annotation> List<A> each(AnnotatedElement element, Class<A> annotation) {
        return AnnotationSupport.findRepeatableAnnotations(element, annotation);
    }

    static Fixture.Key key(AccessKey key, Class<?> near) {
        return new Fixture.Key(
                key.id(), key.secret(), key.user().isEmpty() ? key.id() : key.user(), Texts.policy(key.policy(), near));
    }

    private static Fixture fixture(DbInstance instance) {
        return new Fixture.Instance(instance.id(), instance.engine());
    }

    private static Fixture fixture(RdsSecret secret) {
        return new Fixture.Rds(
                secret.name(),
                secret.engine(),
                secret.strategy(),
                Texts.duration(secret.rotateEvery(), "rotateEvery of @RdsSecret"),
                secret.account(),
                secret.dbInstanceId());
    }
}
