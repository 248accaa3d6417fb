package io.esdb.testkit.history;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.Consistency;
import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.LogRead;
import io.esdb.StreamRead;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Random;

/** What a store does instead of what it should, once in a while. */
class Lie implements InvocationHandler {
    private static final int ONCE_IN = 5;

    private final Random random = new Random(1);
    private EventStore honest;

    /** A store that answers as the honest one does, unless it lies. */
    EventStore over(EventStore honest) {
        this.honest = honest;
        return (EventStore)
                Proxy.newProxyInstance(EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, this);
    }

    AppendResult append(EventStore honest, AppendRequest request) {
        return honest.append(request);
    }

    EventPage page(EventPage page, Consistency consistency) {
        return page;
    }

    /** Called after each append that the honest store took. */
    void wasAppended(AppendRequest request, AppendResult result) {}

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        boolean lying;
        synchronized (random) {
            lying = random.nextInt(ONCE_IN) == 0;
        }
        if (method.getName().equals("append") && args[0] instanceof AppendRequest request) {
            return lying ? append(honest, request) : appendHonestly(request);
        }
        Object answer = honestly(method, args);
        if (lying && answer instanceof EventPage page) {
            Consistency consistency =
                    args[0] instanceof StreamRead read ? read.consistency() : ((LogRead) args[0]).consistency();
            return page(page, consistency);
        }
        return answer;
    }

    private AppendResult appendHonestly(AppendRequest request) {
        AppendResult result = honest.append(request);
        wasAppended(request, result);
        return result;
    }

    private Object honestly(Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(honest, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
